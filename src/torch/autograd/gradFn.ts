import type { Edge, Hook, Node } from '../../autograd/node.ts';

/** What `tensor.grad_fn` shows of the op that made it. */
export class GradFn {
  private readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }

  name(): string {
    return this.node.name;
  }

  /** The functions that the gradients flow to next, each with the number of its result; the function is null where nothing is recorded. */
  get next_functions(): [GradFn | AccumulateGrad, number][] {
    return this.node.edges.map((edge) => [edge === null ? null as never : functionOf(edge), edge?.index ?? 0]);
  }

  toString(): string {
    return `<${this.node.name}>`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** The end of a path: the leaf that adds up its gradient. */
export class AccumulateGrad {
  readonly variable: Edge['array'];

  constructor(variable: Edge['array']) {
    this.variable = variable;
  }

  name(): string {
    return 'AccumulateGrad';
  }

  /** None: here a path ends. */
  get next_functions(): [GradFn | AccumulateGrad, number][] {
    return [];
  }

  toString(): string {
    return '<AccumulateGrad>';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

function functionOf(edge: Edge): GradFn | AccumulateGrad {
  return edge.node ? new GradFn(edge.node) : new AccumulateGrad(edge.array);
}

/** Takes a hook off again. */
export class RemovableHandle {
  private readonly hooks: Hook[];
  private readonly hook: Hook;

  constructor(hooks: Hook[], hook: Hook) {
    this.hooks = hooks;
    this.hook = hook;
  }

  remove(): void {
    const place = this.hooks.indexOf(this.hook);
    if (place >= 0) this.hooks.splice(place, 1);
  }
}
