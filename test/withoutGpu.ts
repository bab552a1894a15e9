/** Whether a program ended because the machine has no GPU: its test is skipped then, unless a GPU is required. */
export const endedWithoutGpu = (status: number | null, errors: string): boolean =>
  status !== 0 && /no GPU was found|needs the package webgpu/.test(errors) && process.env.FLAMBEAU_REQUIRE_GPU !== '1';
