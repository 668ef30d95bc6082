import "server-only";
import { installedBenchmarks } from "./benchmarks";
import { guardRequests } from "./headers";
import { startJobs } from "./jobs";
import { warmUp } from "./passwords";

/**
 * What a server process does before its first request. A wrong environment, or a wrong file of benchmarks, ends
 * it: it could only answer 500, or project from something else than its owner meant.
 */
export function begin(): void {
  try {
    guardRequests();
    installedBenchmarks();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  startJobs();
  void warmUp();
}
