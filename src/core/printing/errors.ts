/** Python's ValueError. Python's TypeError is JavaScript's own. */
export class ValueError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ValueError';
  }
}
