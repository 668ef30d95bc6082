import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { TermsFacts } from "@/components/commission/terms-facts";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
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
import { RowForm } from "../../../../row-form";
import { openAgency } from "../../open-agency";
import { withdrawTerms } from "../actions";
import { CommissionTabs } from "../commission-tabs";
import { defaultsOf, otherClaims } from "./defaults";
import { TermsForm } from "./terms-form";

export const metadata: Metadata = { title: "Commission terms" };

/** Ties the rows' buttons to their form. */
const WITHDRAWAL = "terms-withdrawal";

type TermsPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** What was agreed with each creator, what waits for an answer, and a form for what to propose. */
export default async function TermsPage({ params, searchParams }: TermsPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const asked = await searchParams;
  const [terms, roster, questions] = await Promise.all([
    commissionTerms.ofAgency(viewer, agency.id),
    representations.roster(viewer, agency.id),
    isAdmin ? representations.listAskedByAgency(viewer, agency.id) : [],
  ]);
  const partners = [
    ...roster.map(({ id, creatorId, creatorName }) => ({ id, creatorId, name: creatorName })),
    ...questions.map(({ id, email }) => ({ id, creatorId: null, name: email })),
  ];
  const wanted = textParam(asked, "change");
  const changed = isId(wanted)
    ? terms.find(({ id, state }) => id === wanted && state === "accepted")
    : undefined;
  const forId = changed?.representationId ?? textParam(asked, "for");
  const chosen = isAdmin ? partners.find(({ id }) => id === forId) : undefined;
  const path = paths.agencyCommissionTerms(agency.id);
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      <PageHeader
        title="Commission"
        note="Terms count once an owner of the creator accepts them. To change accepted ones, propose others in their place."
      />
      <CommissionTabs agencyId={agency.id} current="terms" />
      {isAdmin && (
        <RowForm
          id={WITHDRAWAL}
          action={withdrawTerms}
          of={{ agencyId: agency.id }}
          initialId={randomUUID()}
        />
      )}
      <div className="grid gap-6">
        {chosen && (
          <Card
            title={changed ? `Change the terms with ${chosen.name}` : `Propose terms to ${chosen.name}`}
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
              deals={chosen.creatorId ? await dealOptions(viewer, chosen.creatorId) : []}
              currencies={[...new Set([agency.currency, ...CURRENCIES])].map((code) => ({ code }))}
              locale={locale}
              {...(changed && { replaces: changed.id })}
            />
          </Card>
        )}
        {groupsOf(terms, partners).map(({ id, name, note, isOver, list }) => (
          <Card
            key={id}
            title={name}
            note={note}
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
                        <Button
                          type="submit"
                          form={WITHDRAWAL}
                          name="termId"
                          value={each.id}
                          size="sm"
                          variant="quiet"
                          aria-label={`Take back the proposal for ${each.claim}`}
                        >
                          Take back
                        </Button>
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
        {terms.length === 0 && partners.length === 0 && (
          <EmptyState
            title="No creator yet"
            actions={
              isAdmin && (
                <ButtonLink href={`/agencies/${agency.id}/representations`} variant="primary">
                  Ask a creator
                </ButtonLink>
              )
            }
          >
            Terms are agreed with creators whom you represent.
          </EmptyState>
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

type Partner = { id: string; creatorId: string | null; name: string };

/** By representation: those that stand and those that are asked, with or without terms, then those that ended. */
function groupsOf(terms: readonly commissionTerms.Terms[], partners: readonly Partner[]) {
  const of = (id: string) => terms.filter(({ representationId }) => representationId === id);
  const open = partners.map(({ id, creatorId, name }) => ({
    ...{ id, name, isOver: false, list: of(id) },
    note: creatorId ? undefined : "Asked. What you propose now is shown, and accepted, with the question.",
  }));
  const others = terms.filter(({ representationId }) => !partners.some(({ id }) => id === representationId));
  const over = new Map(
    others.map(({ representationId: id, creatorName }) => [
      id,
      {
        ...{ id, name: creatorName ?? "A former creator", isOver: true, list: of(id) },
        note: "No longer represented: nothing new is earned but what a sunset covers.",
      },
    ]),
  );
  return [...open, ...over.values()];
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
