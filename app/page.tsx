import type { Route } from "next";
import { redirect } from "next/navigation";
import { listAgencies } from "@/lib/server/agency";
import { listCreators } from "@/lib/server/creator";
import { findViewer } from "@/lib/server/viewer";

/** Where one's work is: the only creator's overview, the only agency's roster, else the list to choose from. */
export default async function StartPage() {
  if (!(await findViewer())) redirect("/sign-in");
  const [creators, agencies] = await Promise.all([listCreators(), listAgencies()]);
  const [only, ...others] = [
    ...creators.map(({ id }) => `/creators/${id}`),
    ...agencies.map(({ id }) => `/agencies/${id}`),
  ];
  redirect((only && others.length === 0 ? only : "/creators") as Route);
}
