import { randomUUID } from "node:crypto";
import * as dealPayment from "../../db/deal-payment";
import { dayOf } from "../../lib/model/month";
import type { FullStudio } from "../studio";

const CREATOR = "(app)/creators/[creatorId]";

const change = (entry: keyof FullStudio) => (victim: FullStudio) => ({
  creatorId: victim.creatorId,
  id: randomUUID(),
  entryId: String(victim[entry]),
});

type PlanningRow = {
  for: "write" | "member" | "open";
  form: (victim: FullStudio) => Record<string, string> | Promise<Record<string, string>>;
  ignored?: readonly string[];
  unnamed?: readonly string[];
};

/** The actions of what lies ahead (deals, events, eligibility, calendar, goals, alerts), as actions.test.ts tries them. */
export const PLANNING_ROWS: Readonly<Record<string, PlanningRow>> = {
  [`${CREATOR}/deals/actions.ts recordDeal`]: {
    for: "write",
    form: ({ creatorId, channelId, dealId }) => ({
      creatorId,
      id: randomUUID(),
      replaces: dealId,
      brand: "Lumo pans",
      fee: "1,200.00",
      currency: "USD",
      channelId,
      expectedOn: "2026-02-15",
      state: "invoiced",
      note: "Two clips",
    }),
  },
  [`${CREATOR}/deals/actions.ts moveDeal`]: { for: "write", form: change("dealId") },
  [`${CREATOR}/deals/actions.ts payDeal`]: {
    for: "write",
    form: (victim) => ({
      ...change("dealId")(victim),
      ...{ amount: "1.50", currency: "USD", fee: "0.50", receivedOn: "2026-03-01" },
    }),
  },
  [`${CREATOR}/deals/actions.ts undoDealPayment`]: {
    for: "write",
    async form({ viewer, creatorId, dealId }) {
      const id = randomUUID();
      const payment = { id, entryId: dealId, receivedOn: dayOf("2026-03-01"), minor: 1n, feeMinor: 0n };
      await dealPayment.pay(viewer, creatorId, payment);
      return { creatorId, id: randomUUID(), entryId: id };
    },
  },
  [`${CREATOR}/deals/actions.ts saveLetterhead`]: {
    for: "write",
    form: ({ creatorId }) => ({ creatorId, id: randomUUID(), from: "Mira\nBerlin", payTo: "IBAN" }),
  },
  [`${CREATOR}/deals/actions.ts undoLetterhead`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/affiliate/actions.ts recordPlacement`]: {
    for: "write",
    form: ({ creatorId, placementId, videoId }) => ({
      ...{ creatorId, id: randomUUID(), replaces: placementId, merchant: "Pan shop", label: "First link" },
      ...{ videoId, channelId: "", rate: "12.5", fromDay: "2026-01-01", toDay: "", dealId: "", note: "" },
    }),
  },
  [`${CREATOR}/affiliate/actions.ts removePlacement`]: { for: "write", form: change("placementId") },
  [`${CREATOR}/affiliate/actions.ts undoPlacement`]: { for: "write", form: change("placementId") },
  [`${CREATOR}/affiliate/actions.ts recordCommission`]: {
    for: "write",
    form: ({ creatorId, placementId }) => ({
      ...{ creatorId, id: randomUUID(), placementId, amount: "12.50", currency: "USD", month: "2026-01" },
      ...{ fromDay: "", toDay: "", state: "final", clicks: "400", orders: "5", value: "125.00" },
      ...{ refunded: "25.00", rate: "12.5", note: "" },
    }),
  },
  [`${CREATOR}/affiliate/actions.ts undoCommission`]: { for: "write", form: change("payoutId") },
  [`${CREATOR}/deals/actions.ts removeDeal`]: { for: "write", form: change("dealId") },
  [`${CREATOR}/deals/actions.ts undoDeal`]: { for: "write", form: change("dealId") },

  [`${CREATOR}/events/actions.ts recordEvent`]: {
    for: "write",
    form: ({ creatorId }) => ({
      creatorId,
      id: randomUUID(),
      day: "2026-02-01",
      label: "Joined the rewards programme",
      kind: "joined_programme",
      stream: "rewards",
      platform: "tiktok",
      effect: "restart",
    }),
  },
  [`${CREATOR}/events/actions.ts removeEvent`]: { for: "write", form: change("eventId") },
  [`${CREATOR}/events/actions.ts undoEvent`]: { for: "write", form: change("eventId") },

  [`${CREATOR}/alerts/actions.ts chooseAlerts`]: {
    for: "member",
    form: ({ creatorId }) => ({ creatorId, "late_deal-app": "on" }),
    ignored: ["late_deal-app"],
  },
  [`${CREATOR}/alerts/actions.ts markAlertsSeen`]: {
    for: "member",
    form: ({ creatorId }) => ({ creatorId }),
  },

  [`${CREATOR}/calendar/actions.ts shareCalendar`]: {
    for: "write",
    form: ({ creatorId }) => ({ creatorId, id: randomUUID(), label: "Phone", amounts: "on" }),
  },
  [`${CREATOR}/calendar/actions.ts revokeCalendar`]: {
    for: "write",
    form: ({ creatorId, feedId }) => ({ creatorId, id: feedId }),
  },
  [`${CREATOR}/calendar/actions.ts recordPaymentRule`]: {
    for: "write",
    form: ({ creatorId }) => ({
      creatorId,
      id: randomUUID(),
      subject: "youtube.monthly",
      fromDay: "2026-03-01",
      kind: "monthly",
      firstPaid: "5",
      lastPaid: "9",
      days: "",
      minimum: "70.00",
      currency: "USD",
      source: "A letter",
    }),
  },
  [`${CREATOR}/calendar/actions.ts removePaymentRule`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/calendar/actions.ts undoPaymentRule`]: { for: "write", form: change("ruleId") },

  [`${CREATOR}/eligibility/actions.ts recordProgramme`]: {
    for: "write",
    form: ({ creatorId }) => ({
      creatorId,
      id: randomUUID(),
      subject: "tiktok.rewards",
      fromDay: "2026-03-01",
      openIn: "US, gb",
      account: "personal",
      source: "A mail",
      "way-0-followers": "5,000",
    }),
  },
  [`${CREATOR}/eligibility/actions.ts removeProgramme`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/eligibility/actions.ts undoProgramme`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/eligibility/actions.ts recordFact`]: {
    for: "write",
    form: ({ creatorId, channelId }) => ({
      ...{ creatorId, id: randomUUID(), what: "country", channelId, day: "2026-01-01", value: "fr" },
    }),
  },
  [`${CREATOR}/eligibility/actions.ts removeFact`]: { for: "write", form: change("factId") },
  [`${CREATOR}/eligibility/actions.ts undoFact`]: { for: "write", form: change("factId") },

  [`${CREATOR}/goals/actions.ts recordGoal`]: {
    for: "write",
    form: ({ creatorId, goalId }) => ({
      creatorId,
      id: randomUUID(),
      replaces: goalId,
      fromMonth: "2026-01",
      toMonth: "2026-12",
      stream: "",
      amount: "12,000.00",
      currency: "USD",
      note: "A new kitchen",
    }),
  },
  [`${CREATOR}/goals/actions.ts removeGoal`]: { for: "write", form: change("goalId") },
  [`${CREATOR}/goals/actions.ts undoGoal`]: { for: "write", form: change("goalId") },

  "(auth)/alerts/[token]/actions.ts switchOff": {
    for: "open",
    form: () => ({ token: "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA" }),
    unnamed: ["token"],
  },
};
