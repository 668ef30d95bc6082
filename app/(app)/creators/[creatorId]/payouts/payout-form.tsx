"use client";

import clsx from "clsx";
import { useActionState, useEffect, useRef, useState } from "react";
import { FreshId } from "@/app/fresh-id";
import { Button } from "@/components/ui/button";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { MonthField } from "@/components/ui/month-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import type { EntryKind, Stream } from "@/lib/model/words";
import { type Saved, SavedToast } from "../saved";
import { recordPayout, undoPayout } from "./actions";
import { type BelongsChoices, BelongsTo } from "./belongs-to";
import { MakingsFields, type Terms } from "./makings-fields";

/** Everything as text, as the inputs hold it. */
export type PayoutDefaults = {
  amount: string;
  currency: string;
  stream: string;
  channelId: string;
  format: string;
  month: string;
  fromDay: string;
  toDay: string;
  state: string;
  kind: string;
  about: string;
  /** null: not shared with the viewer, so not asked for */
  note: string | null;
  /** what was estimated before it was final */
  estimated: string;
  settledOn: string;
  /** the deal or the placement it belongs to */
  dealId: string;
  placementId: string;
  lines: readonly { videoId: string; amount: string }[];
  /** how it came about, by the names of its fields */
  made: Readonly<Record<string, string>>;
};

type FieldName = keyof Omit<PayoutDefaults, "lines" | "made">;

export type PayoutChoices = {
  currencies: readonly { code: string }[];
  streams: readonly Option[];
  channels: readonly Option[];
  formats: readonly Option[];
  states: readonly Option[];
  kinds: readonly Option[];
  /** payouts that a refund, fee … can be about */
  abouts: readonly Option[];
  videos: readonly Option[];
  belongs: BelongsChoices;
  terms: Terms;
};

type PayoutFormProps = {
  creatorId: string;
  initialId: string;
  defaults: PayoutDefaults;
  choices: PayoutChoices;
  /** the entry this form corrects; the form then keeps its values after saving */
  replaces?: string;
  /** Beside each other where the form has the page's whole width. */
  wide?: boolean;
  /** Sets the forms of one page apart. */
  name?: string;
  submitLabel?: string;
  autoFocus?: boolean;
};

/** Two beside each other on a phone too: the whole form stays within the thumb's reach. */
const COLUMNS = "grid grid-cols-2 gap-x-3 gap-y-4 sm:gap-4";

/** One form for a new payout, its correction, and what is said about it later. */
export function PayoutForm({
  creatorId,
  initialId,
  defaults,
  choices,
  replaces,
  wide = false,
  name = "payout",
  submitLabel = "Save payout",
  autoFocus = false,
}: PayoutFormProps) {
  const [state, send] = useActionState(recordPayout, IDLE);
  const form = useAmountFocus(state, replaces === undefined);
  const field = (input: FieldName) => ({
    name: input,
    id: `${name}-${input}`,
    error: errorOf(state, input),
    defaultValue: typedOf(state, input, defaults[input] ?? ""),
  });
  const amount = field("amount");
  const streamField = field("stream");
  // What is shown under More follows the choice; before any script has come, what was chosen first.
  const [stream, setStream] = useState(streamField.defaultValue as Stream);

  return (
    <div ref={form}>
      {/* A correction begins anew from the entry that is there after it. */}
      <Form key={replaces} action={send} state={state} keep={replaces !== undefined}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        {replaces && <input type="hidden" name="replaces" value={replaces} />}

        <div className={clsx(COLUMNS, wide && "xl:grid-cols-4")}>
          <MoneyField
            {...amount}
            label="Amount"
            currencies={choices.currencies}
            defaultCurrency={typedOf(state, "currency", defaults.currency)}
            currencyError={errorOf(state, "currency")}
            autoFocus={autoFocus}
            required
            className={wide ? "max-sm:col-span-2" : "col-span-2"}
            signed={defaults.kind === "adjustment"}
          />
          <SelectField
            {...streamField}
            label="Stream"
            options={choices.streams}
            onChange={(event) => setStream(event.currentTarget.value as Stream)}
          />
          <SelectField
            {...field("channelId")}
            label="Channel"
            options={choices.channels}
            empty="No channel"
          />
          <MonthField {...field("month")} label="Earned in" />
          <RadioGroup {...field("state")} label="State" options={choices.states} />
          {defaults.note !== null && (
            <TextField
              {...field("note")}
              label="Note"
              optional
              maxLength={2000}
              autoComplete="off"
              className={wide ? "col-span-2 xl:col-span-3" : "col-span-2"}
            />
          )}
        </div>

        <More {...{ state, defaults, choices, field, name, wide, stream }} />

        <div>
          <SubmitButton pendingLabel="Saving…">{submitLabel}</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoPayout} />
    </div>
  );
}

type Field = (input: FieldName) => {
  name: string;
  id: string;
  error: string | undefined;
  defaultValue: string | undefined;
};

/** What most payouts do not need; open where it holds something. */
function More({
  state,
  defaults,
  choices,
  field,
  name,
  wide,
  stream,
}: {
  state: ActionState<Saved>;
  defaults: PayoutDefaults;
  choices: PayoutChoices;
  field: Field;
  name: string;
  wide: boolean;
  stream: Stream;
}) {
  const kindField = field("kind");
  const [kind, setKind] = useState(kindField.defaultValue as EntryKind);
  const isUsed =
    defaults.kind !== "earning" ||
    defaults.fromDay !== "" ||
    defaults.lines.length > 0 ||
    defaults.estimated !== "" ||
    defaults.settledOn !== "" ||
    defaults.dealId !== "" ||
    defaults.placementId !== "" ||
    Object.keys(defaults.made).length > 0 ||
    state.status === "invalid";
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link w-fit text-sm">
        More: how it came about, exact days, refund or fee, split by video
      </summary>
      <div
        className={wide ? "mt-4 grid gap-4 sm:grid-cols-2 xl:grid-cols-4" : "mt-4 grid gap-4 sm:grid-cols-2"}
      >
        <DayField
          {...field("fromDay")}
          label="From day"
          optional
          hint="With both days, the month does not count."
        />
        <DayField {...field("toDay")} label="To day" optional />
        <SelectField
          {...kindField}
          label="Kind"
          options={choices.kinds}
          onChange={(event) => setKind(event.currentTarget.value as EntryKind)}
          hint="Refund, clawback, withheld tax and fee are taken off."
        />
        <SelectField
          {...field("about")}
          label="About which payout"
          options={choices.abouts}
          empty="None"
          optional
        />
        <SelectField {...field("format")} label="Format" options={choices.formats} />
        <TextField
          {...field("estimated")}
          label="Estimated before"
          inputMode="decimal"
          autoComplete="off"
          optional
          hint="What the platform showed before it was final."
        />
        <DayField {...field("settledOn")} label="Settled on" optional />
        {kind === "earning" && <BelongsTo stream={stream} choices={choices.belongs} field={field} />}
      </div>
      <MakingsFields {...{ state, stream, kind, name }} defaults={defaults.made} terms={choices.terms} />
      {choices.videos.length > 0 && (
        <Lines state={state} lines={defaults.lines} videos={choices.videos} name={name} />
      )}
    </details>
  );
}

function Lines({
  state,
  lines,
  videos,
  name,
}: {
  state: ActionState<Saved>;
  lines: PayoutDefaults["lines"];
  videos: readonly Option[];
  name: string;
}) {
  const [rows, setRows] = useState(Math.max(1, lines.length, typedRows(state)));
  return (
    <fieldset className="mt-5 grid gap-3">
      <legend className="mb-2 text-sm font-medium">
        Split by video
        <span className="ml-1.5 font-normal text-muted">optional; the rest stays “not attributed”</span>
      </legend>
      {Array.from({ length: rows }, (_, row) => {
        const video = `line-${row}-videoId`;
        const amount = `line-${row}-amount`;
        return (
          <div key={video} className="grid grid-cols-[minmax(0,1fr)_8rem] gap-3">
            <SelectField
              name={video}
              id={`${name}-${video}`}
              label={`Video ${row + 1}`}
              hideLabel
              options={videos}
              empty="Choose a video…"
              error={errorOf(state, video)}
              defaultValue={typedOf(state, video, lines[row]?.videoId ?? "")}
            />
            <TextField
              name={amount}
              id={`${name}-${amount}`}
              label={`Amount of video ${row + 1}`}
              hideLabel
              inputMode="decimal"
              autoComplete="off"
              placeholder="0.00"
              error={errorOf(state, amount)}
              defaultValue={typedOf(state, amount, lines[row]?.amount ?? "")}
            />
          </div>
        );
      })}
      <div>
        <Button variant="quiet" size="sm" type="button" onClick={() => setRows(rows + 1)}>
          Add another video
        </Button>
      </div>
    </fieldset>
  );
}

function typedRows(state: ActionState<Saved>): number {
  if (state.status !== "invalid") return 0;
  return Object.keys(state.values).filter((name) => /^line-\d+-videoId$/.test(name)).length;
}

/** Ready for the next one: after saving, the amount has the focus again. */
function useAmountFocus(state: ActionState<Saved>, isForNext: boolean) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status === "done" && isForNext)
      form.current?.querySelector<HTMLInputElement>("input[name=amount]")?.focus();
  }, [state, isForNext]);
  return form;
}
