import { randomUUID } from "node:crypto";
import * as roster from "../db/roster";
import * as rosterCauses from "../db/roster-causes";
import * as rosterViews from "../db/roster-views";
import { monthOf } from "../lib/model/month";
import type { Row } from "./access-matrix";

// The rows of the denial matrix for the roster: of an agency's people alone, so no member of the creator has it.
// tests/db/roster.test.ts shows what its people see.

const month = monthOf("2026-01");

export const ROSTER_MATRIX: Readonly<Record<string, Row>> = {
  "roster.list": {
    needs: "nothing",
    call: (viewer, v) => roster.list(viewer, v.agencyId, { from: month, to: month, comparedFrom: month }),
  },
  "roster-causes.listMonth": {
    needs: "nothing",
    call: (viewer, v) => rosterCauses.listMonth(viewer, v.agencyId, [v.creatorId], month),
  },
  "roster-views.list": { needs: "nothing", call: (viewer, v) => rosterViews.list(viewer, v.agencyId) },
  "roster-views.remove": {
    needs: "nothing",
    call: (viewer, v) => rosterViews.remove(viewer, v.agencyId, randomUUID()),
  },
  "roster-views.save": {
    needs: "nothing",
    call: (viewer, v) => rosterViews.save(viewer, v.agencyId, { id: randomUUID(), name: "X", query: "" }),
  },
};
