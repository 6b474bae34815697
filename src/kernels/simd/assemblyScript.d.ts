/** AssemblyScript compiled by src/cli/assemblyScriptPlugin.mjs: the module's bytes as base64. */
declare module '*.as' {
  const wasm: string;
  export default wasm;
}
declare module '*.as?shared' {
  const wasm: string;
  export default wasm;
}
