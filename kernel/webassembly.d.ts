/** As much of the standard as is used here: the libraries of TypeScript have it among those of browsers only. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    constructor(pages: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(
      module: Module,
      imports: Record<string, Record<string, Memory | ((...numbers: number[]) => number)>>,
    );
    readonly exports: Record<string, (...numbers: number[]) => number>;
  }
}
