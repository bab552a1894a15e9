import { collect } from './collect.js';

export default { fetch: async (): Promise<Response> => Response.json(await collect()) };
