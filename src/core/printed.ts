/** What Node's console shows, and `util.inspect` gives, as `String` does. */
export abstract class Printed {
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
