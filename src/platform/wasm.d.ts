/** A WebAssembly file imported statically is its compiled module, where the platform offers that. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

declare module '*.wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
