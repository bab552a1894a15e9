import { collect } from './collect.js';

/** For pages and Workers: hands the lines to the server that the script came from, or to the one that the address names. */
void collect().then(lines => {
  const receiver = new URLSearchParams(location.search).get('receiver') ?? '/report';
  return fetch(receiver, { method: 'POST', mode: 'no-cors', body: JSON.stringify(lines) });
});
