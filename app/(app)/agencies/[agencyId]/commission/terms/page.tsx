import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { TermsFacts } from "@/components/commission/terms-facts";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as commissionTerms from "@/db/commission-terms";
import * as deals from "@/db/deals";
import * as representations from "@/db/representations";
import { AppError } from "@/lib/errors";
import { isId } from "@/lib/input";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { CURRENCIES } from "@/lib/model/money";
import { paths } from "@/lib/paths";
import { openAgency } from "../../open-agency";
import { CommissionTabs } from "../commission-tabs";
import { defaultsOf, otherClaims } from "./defaults";
import { TermsForm } from "./terms-form";
import { WithdrawButton } from "./withdraw-button";

export const metadata: Metadata = { title: "Commission terms" };

type TermsPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** What was agreed with each creator, what waits for an answer, and a form for what to propose. */
export default async function TermsPage({ params, searchParams }: TermsPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const asked = await searchParams;
  const [terms, roster] = await Promise.all([
    commissionTerms.ofAgency(viewer, agency.id),
    representations.roster(viewer, agency.id),
  ]);
  const wanted = textParam(asked, "change");
  const changed = isId(wanted)
    ? terms.find(({ id, state }) => id === wanted && state === "accepted")
    : undefined;
  const forId = changed?.representationId ?? textParam(asked, "for");
  const chosen = isAdmin ? roster.find(({ id }) => id === forId) : undefined;
  const path = paths.agencyCommissionTerms(agency.id);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      <PageHeader
        title="Commission"
        note="Terms count once an owner of the creator accepts them. To change accepted ones, propose others in their place."
      />
      <CommissionTabs agencyId={agency.id} current="terms" />
      <div className="grid gap-6">
        {chosen && (
          <Card
            title={
              changed
                ? `Change the terms with ${chosen.creatorName}`
                : `Propose terms to ${chosen.creatorName}`
            }
            actions={
              <ButtonLink href={path} size="sm" variant="quiet">
                Close
              </ButtonLink>
            }
          >
            <TermsForm
              key={changed?.id ?? chosen.id}
              agencyId={agency.id}
              agencyName={agency.name}
              representationId={chosen.id}
              initialId={randomUUID()}
              defaults={defaultsOf(changed, { currency: agency.currency, today })}
              others={otherClaims(terms, chosen.id, changed?.id)}
              deals={await dealOptions(viewer, chosen.creatorId)}
              currencies={[...new Set([agency.currency, ...CURRENCIES])].map((code) => ({ code }))}
              locale={locale}
              {...(changed && { replaces: changed.id })}
            />
          </Card>
        )}
        {groupsOf(terms, roster).map(({ id, name, isOver, list }) => (
          <Card
            key={id}
            title={name}
            note={
              isOver ? "No longer represented: nothing new is earned but what a sunset covers." : undefined
            }
            actions={
              isAdmin &&
              !isOver && (
                <ButtonLink href={listHref(path, {}, { for: id })} size="sm">
                  Propose terms
                </ButtonLink>
              )
            }
          >
            {list.length === 0 ? (
              <p className="text-sm text-muted">No terms yet, so nothing is owed.</p>
            ) : (
              <ul className="grid gap-4">
                {list.map((each) => (
                  <li key={each.id} className="flex flex-wrap items-start justify-between gap-3">
                    <TermsFacts terms={each} locale={locale} />
                    <div className="flex flex-wrap items-center gap-2">
                      <TermsState state={each.state} />
                      {isAdmin && each.state === "proposed" && (
                        <WithdrawButton agencyId={agency.id} termId={each.id} claim={each.claim} />
                      )}
                      {isAdmin && each.state === "accepted" && !isOver && (
                        <ButtonLink href={listHref(path, {}, { change: each.id })} size="sm" variant="quiet">
                          Change
                        </ButtonLink>
                      )}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        ))}
        {terms.length === 0 && roster.length === 0 && (
          <EmptyState title="No creator yet">Terms are agreed with creators whom you represent.</EmptyState>
        )}
      </div>
    </>
  );
}

const STATE = {
  proposed: { label: "Waiting for an answer", tone: "warn" },
  accepted: { label: "Accepted", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
  withdrawn: { label: "Taken back", tone: "neutral" },
  replaced: { label: "Replaced", tone: "neutral" },
} as const;

function TermsState({ state }: { state: commissionTerms.TermsState }) {
  return <Badge tone={STATE[state].tone}>{STATE[state].label}</Badge>;
}

/** By representation: those that stand first, with or without terms, then those that ended. */
function groupsOf(terms: readonly commissionTerms.Terms[], roster: readonly representations.Represented[]) {
  const of = (id: string) => terms.filter(({ representationId }) => representationId === id);
  const standing = roster.map(({ id, creatorName }) => ({
    id,
    name: creatorName,
    isOver: false,
    list: of(id),
  }));
  const others = new Map(
    terms
      .filter(({ representationId }) => !roster.some(({ id }) => id === representationId))
      .map(({ representationId, creatorName, endedOn }) => [
        representationId,
        {
          id: representationId,
          name: creatorName ?? "A former creator",
          isOver: endedOn !== null,
          list: of(representationId),
        },
      ]),
  );
  return [...standing, ...others.values()];
}

/** None where the creator does not show the agency its deals. */
async function dealOptions(viewer: Viewer, creatorId: string): Promise<{ value: string; label: string }[]> {
  try {
    const { rows } = await deals.list(viewer, creatorId, { size: 200 });
    return rows.map(({ chainId, brand }) => ({ value: chainId, label: brand }));
  } catch (error) {
    if (error instanceof AppError && error.code !== "unavailable") return [];
    throw error;
  }
}
