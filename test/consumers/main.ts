import { program } from './program.js';

await program(line => console.log(line));
