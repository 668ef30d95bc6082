// `npm start` and `npm run dev`. Built-ins only: it runs before anything is installed, and this first
// file keeps to old syntax so that a Node that is too old gets a sentence and not a syntax error.
import { refuseNode } from "./node-version.mjs";

var refusal = refuseNode(process.versions.node);
if (refusal) {
  console.error(refusal);
  process.exit(1);
} else {
  import("./serve.mjs").then((serve) => serve.main(process.argv.slice(2)));
}
