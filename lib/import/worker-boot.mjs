// Starts the worker where nothing has bundled it (command line, tests): Node alone does not read TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
