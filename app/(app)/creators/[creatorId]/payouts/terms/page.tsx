import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as rules from "@/db/rules";
import { money } from "@/lib/format";
import { LOCK_DAYS, readProductRate } from "@/lib/model/commission";
import { CONVENTION_WORDS, GIFT_CONVENTION, readConvention, worthOfCoins } from "@/lib/model/gift-convention";
import { type RuleKind, STREAM_LABEL, STREAMS, type Stream } from "@/lib/model/words";
import { Fold } from "../../fold";
import { openCreator } from "../../open-creator";
import { currencyChoices, labelled } from "../../options";
import { PayoutTabs } from "../../payout-tabs";
import { Removal } from "../../removal";
import { removeRule, undoRule } from "../../rule-actions";
import { RuleForm } from "../../rule-form";
import { RuleTable } from "../../rule-table";
import { ViewerNotice } from "../../viewer-notice";
import { percentText } from "../makings-text";
import { recordConvention, recordProductRate, recordShare } from "./actions";
import { type Product, ProductTable } from "./product-table";

export const metadata: Metadata = { title: "Terms" };

const KINDS = ["share", "commission", "convention"] as const satisfies readonly RuleKind[];
/** More than anybody keeps; the list says when there are more. */
const MOST = 500;
/** Ties the rows' buttons to their form. */
const REMOVAL = "term-removal";
const EXAMPLE_COINS = 5_000n;

type TermsPageProps = { params: Promise<{ creatorId: string }> };

/** What platforms keep, what products pay, what a gift is said to be worth: dated, so that nothing past changes. */
export default async function TermsPage({ params }: TermsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Terms",
  );
  if (notShared) return notShared;
  const [standing, ...lists] = await Promise.all([
    rules.standingOn(viewer, creator.id, creator.today),
    ...KINDS.map((kind) => rules.list(viewer, creator.id, { filter: { kind }, size: MOST })),
  ]);
  const rows = lists.flatMap((list) => list.rows);
  const products = productsOf(rows);
  const own = standing.find(({ kind, subject }) => kind === "convention" && subject === "gift");
  const convention = (own && readConvention(own.body)) || GIFT_CONVENTION;
  const form = { creatorId: creator.id, today: creator.today };
  return (
    <>
      <PageHeader
        title="Terms"
        note="What platforms keep and what products pay, each from a day on. A change is a new row: nothing before its day changes."
      />
      <PayoutTabs creatorId={creator.id} current="terms" />
      <div className="grid gap-6">
        {mayWrite ? (
          <Card title="Add a term">
            <div className="grid gap-4">
              <Fold label="Platform’s share">
                <RuleForm
                  {...form}
                  name="share"
                  action={recordShare}
                  initialId={randomUUID()}
                  submitLabel="Save share"
                  fields={[
                    { name: "stream", label: "Stream", options: labelled(STREAMS, STREAM_LABEL) },
                    { name: "platform", label: "Platform keeps (%)" },
                  ]}
                />
              </Fold>
              <Fold label="A product’s commission">
                <RuleForm
                  {...form}
                  name="product"
                  action={recordProductRate}
                  initialId={randomUUID()}
                  submitLabel="Save commission"
                  fields={[
                    { name: "product", label: "Product" },
                    { name: "rate", label: "Commission (%)" },
                    { name: "adsRate", label: "Commission by ads (%)", optional: true },
                    {
                      name: "lockDays",
                      label: "Days of lock",
                      defaultValue: String(LOCK_DAYS),
                      hint: "How long a cut leaves those who promote it already at the old rate.",
                    },
                  ]}
                />
              </Fold>
              <Fold label="What a gift is worth">
                <RuleForm
                  {...form}
                  name="gift"
                  action={recordConvention}
                  initialId={randomUUID()}
                  submitLabel="Save convention"
                  fields={[
                    {
                      name: "coins",
                      label: "Coins per diamond",
                      defaultValue: String(convention.coinsPerUnit),
                    },
                    {
                      name: "diamonds",
                      label: "Diamonds per unit of money",
                      defaultValue: String(convention.unitsPerMoney),
                    },
                    {
                      name: "currency",
                      label: "Of",
                      defaultValue: convention.currency,
                      options: currencyChoices(convention.currency).map(({ code }) => ({
                        value: code,
                        label: code,
                      })),
                    },
                  ]}
                />
              </Fold>
            </div>
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        {products.length > 0 && (
          <Card title="What an order of today pays" flush>
            <ProductTable products={products} today={creator.today} locale={locale} />
          </Card>
        )}
        <Card
          title="Gifts"
          note={`${convention.coinsPerUnit} coins make 1 diamond, ${convention.unitsPerMoney} diamonds make 1 ${convention.currency}: ${CONVENTION_WORDS}.`}
        >
          <p className="text-sm">
            A gift of {EXAMPLE_COINS.toLocaleString(locale)} coins is then{" "}
            {money(worthOfCoins(EXAMPLE_COINS, convention), convention.currency, locale)}. What you were
            really paid stands under By month, with the cut that follows from it.
          </p>
        </Card>
        <Card title="All terms" flush>
          {mayWrite && (
            <Removal
              id={REMOVAL}
              creatorId={creator.id}
              initialId={randomUUID()}
              remove={removeRule}
              undo={undoRule}
            />
          )}
          {rows.length === 0 ? (
            <EmptyState title="No term yet">
              Without one, the platform’s share follows from each payout’s gross and amount.
            </EmptyState>
          ) : (
            <RuleTable
              caption="Terms"
              rows={rows}
              nameOf={nameOf}
              wordsOf={wordsOf}
              standing={new Set(standing.map(({ id }) => id))}
              locale={locale}
              removal={mayWrite ? REMOVAL : null}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function productsOf(rows: readonly rules.Rule[]): Product[] {
  const products = new Map<string, NonNullable<ReturnType<typeof readProductRate>>[]>();
  for (const { kind, subject, fromDay, body } of rows) {
    const rate = kind === "commission" ? readProductRate(fromDay, body) : null;
    if (rate) products.set(subject, [...(products.get(subject) ?? []), rate]);
  }
  return [...products].map(([name, rates]) => ({ name, rates }));
}

function nameOf({ kind, subject }: rules.Rule): string {
  if (kind === "convention") return "A gift’s worth";
  return kind === "share" ? `${STREAM_LABEL[subject as Stream] ?? subject}: platform’s share` : subject;
}

function wordsOf({ kind, body, fromDay }: rules.Rule): string {
  if (kind === "share")
    return typeof body.platformPpm === "number" ? `${percentText(body.platformPpm)}%` : "–";
  if (kind === "convention") {
    const own = readConvention(body);
    return own
      ? `${own.coinsPerUnit} coins per diamond, ${own.unitsPerMoney} diamonds per ${own.currency} (${CONVENTION_WORDS})`
      : "–";
  }
  const rate = readProductRate(fromDay, body);
  if (!rate) return "–";
  const byAds = rate.adsRatePpm === null ? "" : `, ${percentText(rate.adsRatePpm)}% by ads`;
  return `${percentText(rate.ratePpm)}%${byAds}, a cut to it locked for ${rate.lockDays} days`;
}
