import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import * as agencies from "@/db/agencies";
import { isId } from "../input";
import { readAhead } from "./viewer";

/** The agencies that the viewer belongs to. */
export const listAgencies = cache((): Promise<agencies.Agency[]> => readAhead(agencies.list));

/** The agency of the path with the viewer's role in it, else the page that does not exist. */
export async function getAgency(agencyId: string): Promise<agencies.Agency> {
  if (!isId(agencyId)) notFound();
  return (await listAgencies()).find((agency) => agency.id === agencyId) ?? notFound();
}
