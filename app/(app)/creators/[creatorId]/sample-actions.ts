"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import * as sample from "@/db/sample";
import { id } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";

const remove = action(z.object({ creatorId: id }), async (viewer, { creatorId }) => {
  await sample.remove(viewer, creatorId);
  redirect("/creators");
});

/** The sample studio with all that is in it; nothing else can be removed this way. */
export async function removeSample(form: FormData): Promise<void> {
  await remove({ status: "idle" }, form);
}
