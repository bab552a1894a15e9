import { contiguousLayout } from '../../src/core/layout.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { fromValues, valuesOf } from '../backend/arrays.ts';

/** Matrices in double precision, and the little that tests of decompositions compute with them: plainly, apart from what they test. */
export class Dense {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;

  constructor(rows: number, columns: number, re?: ArrayLike<number>, im?: ArrayLike<number>) {
    this.rows = rows;
    this.columns = columns;
    this.re = re === undefined ? new Float64Array(rows * columns) : Float64Array.from(re);
    this.im = im === undefined ? new Float64Array(rows * columns) : Float64Array.from(im);
  }

  static eye(rows: number, columns = rows): Dense {
    return new Dense(rows, columns).map((_, i, j) => [i === j ? 1 : 0, 0]);
  }

  /** The matrices of an array, whatever its layout. */
  static of(array: StridedArray): Dense[] {
    const { dtypeCore: { components }, geometry: { shape } } = array;
    const [rows, columns] = shape.slice(-2);
    const values = valuesOf(array) as ArrayLike<number>;
    const part = (from: number, of: number): number[] =>
      Array.from({ length: rows * columns }, (_, i) => values[(from + i) * components + of]);
    const count = shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
    return Array.from({ length: count }, (_, k) =>
      new Dense(rows, columns, part(k * rows * columns, 0), components === 2 ? part(k * rows * columns, 1) : undefined));
  }

  /** As an array of a dtype, whose rounding is seen when it is read back. */
  array(dtype: DType): StridedArray {
    const values = Array.from({ length: this.re.length * dtype.components }, (_, i) =>
      (dtype.components === 1 ? this.re[i] : i % 2 === 0 ? this.re[i >> 1] : this.im[i >> 1]));
    return fromValues(values, contiguousLayout([this.rows, this.columns]).shape, dtype);
  }

  map(f: (at: readonly [number, number], i: number, j: number) => readonly [number, number]): Dense {
    const out = new Dense(this.rows, this.columns);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) {
        const k = i * this.columns + j;
        [out.re[k], out.im[k]] = f([this.re[k], this.im[k]], i, j);
      }
    }
    return out;
  }

  adjoint(): Dense {
    const out = new Dense(this.columns, this.rows);
    this.map((at, i, j) => {
      [out.re[j * this.rows + i], out.im[j * this.rows + i]] = [at[0], -at[1]];
      return at;
    });
    return out;
  }

  times(other: Dense): Dense {
    const out = new Dense(this.rows, other.columns);
    for (let i = 0; i < this.rows; i++) {
      for (let l = 0; l < this.columns; l++) {
        const [re, im] = [this.re[i * this.columns + l], this.im[i * this.columns + l]];
        for (let j = 0; j < other.columns; j++) {
          const [x, y] = [other.re[l * other.columns + j], other.im[l * other.columns + j]];
          out.re[i * other.columns + j] += re * x - im * y;
          out.im[i * other.columns + j] += re * y + im * x;
        }
      }
    }
    return out;
  }

  minus(other: Dense): Dense {
    return this.map(([re, im], i, j) => [re - other.re[i * other.columns + j], im - other.im[i * other.columns + j]]);
  }

  /** The first rows and columns. */
  part(rows: number, columns: number): Dense {
    const out = new Dense(rows, columns);
    return out.map((_, i, j) => [this.re[i * this.columns + j], this.im[i * this.columns + j]]);
  }

  /** One triangle and the diagonal, and 0 elsewhere. */
  triangle(upper: boolean): Dense {
    return this.map((at, i, j) => (upper ? i <= j : i >= j) ? at : [0, 0]);
  }

  /** The largest size of an element; NaN where one is NaN. */
  largest(): number {
    let most = 0;
    for (let i = 0; i < this.re.length; i++) {
      const size = Math.hypot(this.re[i], this.im[i]);
      if (!(size <= most)) most = size;
      if (Number.isNaN(most)) return most;
    }
    return most;
  }
}
