/**
 * The project is where this file is, although there are lock files in folders above it.
 * @type {import('next').NextConfig}
 */
export default { turbopack: { root: import.meta.dirname }, outputFileTracingRoot: import.meta.dirname };
