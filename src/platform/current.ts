/** The place where sources run as they are; a build has the module of its own place here. */
export { platform } from './embedded.ts';
