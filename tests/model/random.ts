export { type Random, random } from "../../lib/cli/random";
