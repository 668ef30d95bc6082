import "server-only";
import { getAgency } from "@/lib/server/agency";
import { requireUser } from "@/lib/server/viewer";

/** What every page of an agency begins with: Next's 404 for one that the viewer does not belong to. */
export async function openAgency(agencyId: string) {
  const { viewer, user } = await requireUser();
  const agency = await getAgency(agencyId);
  return { viewer, user, agency, locale: user.locale, isAdmin: agency.role === "admin" };
}
