import { expect, it } from 'vitest';
import { fusedExports, rowKernel } from '../../src/backend/wasm/module.ts';

/** The driver can ask for no kernel that the modules lack: each line below would be an error if its name compiled. */

it('knows every kernel by name, and no other', () => {
  // @ts-expect-error: a typo
  expect(() => rowKernel('cast_int8_flot32')).toThrow('there is no kernel cast_int8_flot32');
  // @ts-expect-error: a dtype's conversion to itself is a copy
  expect(() => rowKernel('cast_int8_int8')).toThrow('there is no kernel cast_int8_int8');
  // @ts-expect-error: sums of complex numbers run over their components
  expect(() => rowKernel('sum_scanRows_c64')).toThrow('there is no kernel sum_scanRows_c64');
  // @ts-expect-error: a name of the other module
  expect(() => rowKernel('gemm_f32')).toThrow('there is no kernel gemm_f32');
  // @ts-expect-error: a dtype without a product
  expect(fusedExports().gemm_f16).toBeUndefined();
  for (const from of ['int8', 'float16'] as const) expect(rowKernel(`cast_${from}_complex64`)).toBeTypeOf('function');
});
