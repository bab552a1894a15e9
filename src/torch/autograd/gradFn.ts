import { Printed } from '../../core/printed.ts';
import type { Edge, Node } from '../../autograd/node.ts';

/** What `tensor.grad_fn` shows of the op that made it. Source: torch.autograd.graph.Node. */
export class GradFn extends Printed {
  private readonly node: Node;

  constructor(node: Node) {
    super();
    this.node = node;
  }

  /**
   * The name of the op, such as `MulBackward0`.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(2).grad_fn.name(); // → MulBackward0
   */
  name(): string {
    return this.node.name;
  }

  /**
   * The functions that the gradients flow to next, each with the number of its result; the function is null where nothing is
   * recorded.
   * @example
   * torch.ones(2, { requires_grad: true }).mul(2).grad_fn.next_functions; // → [[<AccumulateGrad>, 0], [null, 0]]
   */
  get next_functions(): [GradFn | AccumulateGrad, number][] {
    return this.node.edges.map((edge) => [edge === null ? null as never : functionOf(edge), edge?.index ?? 0]);
  }

  /** As Python's `repr`, without an address. */
  override toString(): string {
    return `<${this.node.name}>`;
  }
}

/** The end of a path: the leaf that adds up its gradient. */
export class AccumulateGrad extends Printed {
  /** The leaf. */
  readonly variable: Edge['array'];

  constructor(variable: Edge['array']) {
    super();
    this.variable = variable;
  }

  /** `AccumulateGrad`. */
  name(): string {
    return 'AccumulateGrad';
  }

  /** None: here a path ends. */
  get next_functions(): [GradFn | AccumulateGrad, number][] {
    return [];
  }

  /** As Python's `repr`, without an address. */
  override toString(): string {
    return '<AccumulateGrad>';
  }
}

function functionOf(edge: Edge): GradFn | AccumulateGrad {
  return edge.node ? new GradFn(edge.node) : new AccumulateGrad(edge.array);
}
