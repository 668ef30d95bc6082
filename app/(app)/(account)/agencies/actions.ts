"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import * as agencies from "@/db/agencies";
import { agencyName, currency, id } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";

const NewAgency = z.object({ id, name: agencyName, currency });

export const createAgency = action(NewAgency, async (viewer, input) => {
  const agency = await agencies.create(viewer, input);
  redirect(`/agencies/${agency.id}` as Route);
});
