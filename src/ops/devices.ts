/** What the façades see of devices: which there are, and what each can say of itself. */
export type { Backend, Operand } from '../backend/backend.ts';
export { backendsOf } from '../backend/select.ts';
