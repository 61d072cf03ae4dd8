/** The one call we make; Node's own types leave WebAssembly to the browser's library. */
declare namespace WebAssembly {
  function instantiate(
    code: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start?: unknown } } }>
}
