import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatRow } from "@/components/ui/stat";
import { Table } from "@/components/ui/table";
import * as payouts from "@/db/payouts";
import { dayName, signedMoney, signedPercent } from "@/lib/format";
import { isId } from "@/lib/input";
import { readMakings } from "@/lib/model/makings";
import type { Currency } from "@/lib/model/money";
import { dayOf } from "@/lib/model/month";
import { stepsOf } from "@/lib/model/payout-ladder";
import { FORMAT_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { Fold } from "../../fold";
import { HistoryList } from "../../history-list";
import { noteWords } from "../../note-words";
import { NotesOn } from "../../notes-on";
import { openCreator, orNotFound, orNull } from "../../open-creator";
import { channelName } from "../../options";
import { peopleOf } from "../../people";
import { periodName } from "../../period-name";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removePayout, undoPayout } from "../actions";
import { chainOf } from "../chain";
import { Ladder } from "../ladder";
import { madeWords } from "../makings-text";
import { aboutDefaults, correctionDefaults, loadChoices, titleOf } from "../payout-choices";
import { PayoutForm } from "../payout-form";
import { historyOf } from "../payout-history";
import { PayoutState, payoutName } from "../payout-table";
import { suggestTax } from "../suggest-tax";

export const metadata: Metadata = { title: "Payout" };

type PayoutPageProps = { params: Promise<{ creatorId: string; payoutId: string }> };

/** One payout by its chain (the id of its first entry), so that the address outlives corrections. */
export default async function PayoutPage({ params }: PayoutPageProps) {
  const { creatorId, payoutId } = await params;
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    creatorId,
    "figures",
    "Payout",
  );
  if (notShared) return notShared;
  if (!isId(payoutId)) notFound();
  const chain = chainOf(await orNotFound(payouts.history(viewer, creator.id, payoutId)), payoutId);
  if (!chain) notFound();
  const [entries, nameOf, about] = await Promise.all([
    Promise.all(chain.entries.map(({ id }) => payouts.get(viewer, creator.id, id))),
    peopleOf(viewer, creator.id, shared),
    chain.newest.about ? orNull(payouts.get(viewer, creator.id, chain.newest.about)) : null,
  ]);
  const newest = entries[0] ?? notFound();
  const isVoid = newest.kind === "void";
  const payout = (isVoid && entries[1]) || newest;
  const currency = payout.currency as Currency;
  const steps = stepsOf(
    { minor: payout.minor, makings: readMakings(payout.makings) },
    chain.additions.filter((addition) => addition.currency === currency),
    currency,
  );
  const [choices, tax] = mayWrite
    ? await Promise.all([
        loadChoices(viewer, creator, locale, payout),
        suggestTax(viewer, creator.id, payout, chain.additions, locale),
      ])
    : [null, null];

  return (
    <>
      <PageHeader
        title={payoutName(payout)}
        note={`Earned ${periodName(payout, locale)}`}
        crumbs={[{ href: paths.payouts(creator.id), label: "Payouts" }]}
        actions={
          mayWrite && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={newest.id}
              isVoid={isVoid}
              isChanged={newest.replaces !== null}
              remove={removePayout}
              undo={undoPayout}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {isVoid && (
          <Notice tone="warn" title="This payout was taken back.">
            It counts nowhere any more. What it said stays here, and can be restored.
          </Notice>
        )}
        {!mayWrite && <ViewerNotice shared={shared} />}
        {payout.kind === "earning" && !isVoid && <Amounts payout={payout} locale={locale} />}
        {payout.kind === "earning" && !isVoid && steps.length > 2 && (
          <Card title="From gross to net" flush className="max-w-2xl">
            <Ladder steps={steps} currency={currency} locale={locale} />
          </Card>
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="What it says">
            <Facts
              facts={[
                ["Amount", <Money key="amount" minor={payout.minor} currency={currency} locale={locale} />],
                ["Earned", periodName(payout, locale)],
                [
                  "Channel",
                  payout.channelName && payout.platform
                    ? channelName({ name: payout.channelName, platform: payout.platform })
                    : "No channel (the creator)",
                ],
                ["Format", FORMAT_LABEL[payout.format]],
                ["State", <PayoutState key="state" payout={payout} />],
                ...(about
                  ? ([
                      [
                        "About",
                        <Link
                          key="about"
                          href={paths.payout(creator.id, about.chainId) as Route}
                          className="link"
                        >
                          {titleOf(about, locale)}
                        </Link>,
                      ],
                    ] as const)
                  : []),
                ...(payout.estimatedMinor === null
                  ? []
                  : ([
                      ["Estimated before", <Estimate key="estimated" payout={payout} locale={locale} />],
                    ] as const)),
                ...(payout.settledOn
                  ? ([["Settled on", dayName(dayOf(payout.settledOn), locale)]] as const)
                  : []),
                ...(payout.makings
                  ? ([["How it came about", madeWords(payout.makings, currency)]] as const)
                  : []),
                ["Note", noteWords(payout.note)],
              ]}
            />
          </Card>
          <Card title="History">
            <HistoryList items={historyOf(entries, nameOf, locale)} locale={locale} zone={creator.timeZone} />
          </Card>
        </div>
        {payout.lines.length > 0 && (
          <Card title="By video" flush>
            <Lines creatorId={creator.id} payout={payout} locale={locale} />
          </Card>
        )}
        {chain.additions.length > 0 && (
          <Card title="Refunds, fees and the like" flush>
            <Additions creatorId={creator.id} additions={chain.additions} locale={locale} />
          </Card>
        )}
        {choices && !isVoid && (
          <Card>
            <div className="grid gap-4">
              <Fold label="Correct this payout">
                <PayoutForm
                  name="correct"
                  creatorId={creator.id}
                  initialId={randomUUID()}
                  defaults={correctionDefaults(newest)}
                  choices={choices}
                  replaces={newest.id}
                  submitLabel="Save correction"
                  wide
                />
              </Fold>
              {payout.kind === "earning" && (
                <Fold label="Add a refund, fee or withheld tax">
                  {tax && <p className="mb-4 text-sm text-muted">{tax.words}</p>}
                  <PayoutForm
                    name="about"
                    creatorId={creator.id}
                    initialId={randomUUID()}
                    defaults={aboutDefaults(newest, tax?.form ?? null)}
                    choices={withAbout(choices, newest.chainId, titleOf(newest, locale))}
                    submitLabel="Save"
                    wide
                  />
                </Fold>
              )}
            </div>
          </Card>
        )}
        <NotesOn
          viewer={viewer}
          creator={creator}
          locale={locale}
          of={{ about: "payout", subject: newest.chainId }}
        />
      </div>
    </>
  );
}

/** What was estimated, and how far from it the payout came out. */
function Estimate({ payout, locale }: { payout: payouts.Payout; locale: string }) {
  const { minor, estimatedMinor } = payout;
  if (estimatedMinor === null) return null;
  const currency = payout.currency as Currency;
  const share = estimatedMinor > 0n ? Number(minor - estimatedMinor) / Number(estimatedMinor) : null;
  return (
    <>
      <Money minor={estimatedMinor} currency={currency} locale={locale} />
      <span className="ml-1.5 text-muted">
        {signedMoney(minor - estimatedMinor, currency, locale)}
        {share !== null && ` (${signedPercent(share, locale, 1)})`} since
      </span>
    </>
  );
}

function withAbout<Choices extends { abouts: readonly { value: string; label: string }[] }>(
  choices: Choices,
  value: string,
  label: string,
): Choices {
  const isThere = choices.abouts.some((about) => about.value === value);
  return isThere ? choices : { ...choices, abouts: [{ value, label }, ...choices.abouts] };
}

function Amounts({ payout, locale }: { payout: payouts.Payout; locale: string }) {
  const { minor, dueMinor, paidMinor } = payout;
  const amount = (value: bigint) => (
    <Money minor={value} currency={payout.currency as Currency} locale={locale} />
  );
  return (
    <StatRow>
      <Stat label="Amount" value={amount(minor)} />
      {dueMinor !== null && paidMinor !== null && (
        <>
          <Stat label="After refunds and fees" value={amount(dueMinor)} />
          <Stat label="Received so far" value={amount(paidMinor)} />
          <Stat label="Still open" value={amount(dueMinor > paidMinor ? dueMinor - paidMinor : 0n)} />
        </>
      )}
    </StatRow>
  );
}

type Line = { videoId: string; title: string; minor: bigint };

function Lines({
  creatorId,
  payout,
  locale,
}: {
  creatorId: string;
  payout: payouts.Payout & { lines: readonly Line[] };
  locale: string;
}) {
  const currency = payout.currency as Currency;
  const rest = payout.lines.reduce((left, { minor }) => left - minor, payout.minor);
  return (
    <Table
      caption="Share of each video"
      rows={payout.lines}
      rowKey={({ videoId }) => videoId}
      columns={[
        {
          key: "video",
          header: "Video",
          lead: true,
          cell: ({ videoId, title }) => (
            <Link href={paths.video(creatorId, videoId) as Route} className="link">
              {title}
            </Link>
          ),
          footer: "Not attributed",
        },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: ({ minor }) => <Money minor={minor} currency={currency} locale={locale} />,
          footer: <Money minor={rest} currency={currency} locale={locale} />,
        },
      ]}
    />
  );
}

function Additions({
  creatorId,
  additions,
  locale,
}: {
  creatorId: string;
  additions: readonly payouts.Payout[];
  locale: string;
}) {
  return (
    <Table
      caption="Entries that add to this payout"
      rows={additions}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "kind",
          header: "Kind",
          lead: true,
          cell: (addition) => (
            <Link href={paths.payout(creatorId, addition.chainId) as Route} className="link">
              {payoutName(addition)}
            </Link>
          ),
        },
        { key: "earned", header: "Earned", cell: (addition) => periodName(addition, locale) },
        { key: "note", header: "Note", phone: "hidden", cell: ({ note }) => note ?? "" },
        {
          key: "amount",
          header: "Amount",
          numeric: true,
          cell: ({ minor, currency }) => (
            <Money minor={minor} currency={currency as Currency} locale={locale} signed />
          ),
        },
      ]}
    />
  );
}
