import { randomUUID } from "node:crypto";
import type { Route } from "next";
import Link from "next/link";
import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { count, dayName, money } from "@/lib/format";
import { daysLate, NEXT_STATE, type NextStep, STANDING_LABEL, STANDINGS } from "@/lib/model/deal";
import type { Currency } from "@/lib/model/money";
import type { Day } from "@/lib/model/month";
import type { DealState } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { DealBadge } from "./deal-table";
import type { PipelineDeal } from "./pipeline-data";
import { StepForm } from "./step-button";

type PipelineProps = {
  creatorId: string;
  deals: readonly PipelineDeal[];
  today: Day;
  locale: string;
  mayWrite: boolean;
};

/** What is open, by where it stands: what it comes to, and what to do next about each. */
export function Pipeline({ creatorId, deals, today, locale, mayWrite }: PipelineProps) {
  if (deals.length === 0) return null;
  const groups = STANDINGS.map((standing) => ({
    standing,
    rows: deals.filter((each) => each.standing === standing),
  })).filter(({ rows }) => rows.length > 0);
  return (
    <Card title="Pipeline" note="What is open, and the next thing to do about each.">
      <div className="grid gap-6">
        {groups.map(({ standing, rows }) => (
          <section key={standing} aria-label={STANDING_LABEL[standing]}>
            <h3 className="flex flex-wrap items-baseline gap-x-3 border-b border-line pb-1.5 text-sm">
              <DealBadge standing={standing} />
              <span className="figures font-medium">{sumsOf(rows, locale)}</span>
              <span className="font-normal text-muted">
                {count(rows.length, locale)} {rows.length === 1 ? "deal" : "deals"}
              </span>
            </h3>
            <ul className="divide-y divide-line">
              {rows.map(({ deal, money: { isCovered }, next }) => (
                <li key={deal.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2 text-sm">
                  <Link
                    href={paths.deal(creatorId, deal.id) as Route}
                    className="link min-w-0 font-medium wrap-anywhere"
                  >
                    {deal.brand}
                  </Link>
                  <span className="min-w-0 flex-1 text-muted max-sm:order-1 max-sm:basis-full">
                    {next ? nextWords(next, daysLate(deal, today), locale) : ""}
                  </span>
                  <span className="max-sm:ml-auto">
                    <Money minor={deal.feeMinor} currency={deal.currency} locale={locale} />
                  </span>
                  {mayWrite && (
                    <span className="empty:hidden max-sm:order-2">
                      <StepButton creatorId={creatorId} deal={deal} isCovered={isCovered} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

const STEP_WORD: Readonly<Record<Exclude<DealState, "pitched" | "lost">, string>> = {
  agreed: "Mark agreed",
  delivered: "Mark delivered",
  invoiced: "Invoice",
  paid: "Mark paid",
};

type StepButtonProps = {
  creatorId: string;
  deal: { id: string; state: DealState };
  /** its money has arrived already, so that paid is one click away */
  isCovered: boolean;
};

/** The next step, within a StepOutcome; money that arrived is recorded on the deal's own page. */
export function StepButton({ creatorId, deal, isCovered }: StepButtonProps) {
  const state = NEXT_STATE[deal.state];
  if (!state) return null;
  if (state === "paid" && !isCovered)
    return (
      <ButtonLink size="sm" href={`${paths.deal(creatorId, deal.id)}#payment`}>
        Record payment
      </ButtonLink>
    );
  return (
    <StepForm creatorId={creatorId} entryId={deal.id} newId={randomUUID()}>
      {STEP_WORD[state]}
    </StepForm>
  );
}

/** "Deliver “One video” by 3 Mar 2026". */
export function nextWords({ what, item, on }: NextStep, late: number, locale: string): string {
  const day = on ? dayName(on, locale) : null;
  switch (what) {
    case "agree":
      return `Agree on it${day ? `; expected ${day}` : ""}`;
    case "deliver":
      return `Deliver “${item}”${day ? ` by ${day}` : ""}`;
    case "close":
      return "All is delivered: mark it so";
    case "invoice":
      return "Send the invoice";
    case "wait":
      return day ? `Due ${day}` : "Wait for the money";
    case "remind":
      return `${late === 1 ? "1 day" : `${count(late, locale)} days`} late, due ${day}: send a reminder`;
    case "receive":
      return "Marked paid, but no receipt covers it: record the payment";
    case "book":
      return "Its money has arrived: mark it paid";
  }
}

function sumsOf(rows: readonly PipelineDeal[], locale: string): string {
  const sums = new Map<Currency, bigint>();
  for (const { deal } of rows) sums.set(deal.currency, (sums.get(deal.currency) ?? 0n) + deal.feeMinor);
  return [...sums].map(([currency, minor]) => money(minor, currency, locale)).join(" and ");
}
