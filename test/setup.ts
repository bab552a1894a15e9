/** Tests run the sources; the entry points of the package would bring the kernels along. */
import '../src/runtime/start.ts';
