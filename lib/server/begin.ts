import "server-only";
import { guardRequests } from "./headers";
import { startJobs } from "./jobs";
import { warmUp } from "./passwords";

/** What a server process does before its first request. A wrong environment ends it: it could only answer 500. */
export function begin(): void {
  try {
    guardRequests();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  startJobs();
  void warmUp();
}
