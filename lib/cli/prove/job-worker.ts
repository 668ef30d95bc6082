/** Works on jobs and serves nothing, until it is killed: for proofs. */
import { startJobs } from "../../server/jobs";

startJobs();
