// Starts the press where nothing has bundled it (command line, tests): Node alone does not read TypeScript.
import "server-only";
import { register } from "tsx/esm/api";

register();
await import("./press-worker.ts");
