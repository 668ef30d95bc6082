import { dayName, money, monthName, percent } from "./format";
import type { Alert } from "./model/alerts";
import { PLATFORM_LABEL, STREAM_LABEL } from "./model/words";
import { paths } from "./paths";

/** An alert as a person reads it, in the app and by mail: what it is, one or two sentences, and where to look. */
export function alertWords(
  { kind, subject, detail }: Alert,
  creatorId: string,
  locale: string,
): { title: string; sentence: string; path: string } {
  const after = subject.slice(subject.indexOf(":") + 1);
  switch (kind) {
    case "late_payout":
    case "late_deal": {
      const { stream, platform, name, minor, currency, expectedBy } = detail;
      const where = [STREAM_LABEL[stream], platform && PLATFORM_LABEL[platform]].filter(Boolean).join(", ");
      const amount = money(BigInt(minor), currency, locale);
      const day = dayName(expectedBy, locale);
      return {
        title: kind === "late_deal" ? `${name ?? "A deal"} has not paid` : `${where} has not arrived`,
        sentence:
          kind === "late_deal"
            ? `${amount} of ${name ?? "a deal"} were due by ${day}. Log the receipt if it has come, or send a reminder.`
            : `${amount} of ${where}${name ? ` (${name})` : ""} were expected by ${day}. Log the receipt if it has come.`,
        path: kind === "late_deal" ? paths.deal(creatorId, after) : paths.payout(creatorId, after),
      };
    }
    case "unusual_month": {
      const { month, minor, lowMinor, highMinor, currency } = detail;
      const [low, high] = [lowMinor, highMinor].map((each) => money(BigInt(each), currency, locale));
      return {
        title: `${monthName(month, locale)} was unusual`,
        sentence: `${money(BigInt(minor), currency, locale)} lie outside of what 19 in 20 months were expected to bring, ${low} to ${high}. The overview explains the gap.`,
        path: `${paths.overview(creatorId)}?month=${month}`,
      };
    }
    case "lost_monetisation":
      return {
        title: `Views normal, money down in ${monthName(detail.month, locale)}`,
        sentence: `${detail.label} earned far less per view than it used to. Look whether videos have lost their monetisation.`,
        path: `${paths.overview(creatorId)}?month=${detail.month}`,
      };
    case "threshold_reached":
      return {
        title: `${detail.programme} is open to you`,
        sentence: `${detail.channelName} meets every threshold that is known. Apply for it on the platform.`,
        path: paths.eligibility(creatorId),
      };
    case "goal_at_risk": {
      const { fromMonth, toMonth, minor, currency, probability } = detail;
      const when =
        fromMonth === toMonth
          ? monthName(fromMonth, locale)
          : `${monthName(fromMonth, locale)} to ${monthName(toMonth, locale)}`;
      return {
        title: `The goal for ${when} is at risk`,
        sentence: `${money(BigInt(minor), currency, locale)} will be reached with a chance of ${percent(probability, locale)}. Change the goal, or see what each month would need.`,
        path: paths.goals(creatorId),
      };
    }
    case "import_failed":
      return {
        title: `${detail.fileName} was not imported`,
        sentence: "The file could not be read, and nothing of it was saved. The imports say why.",
        path: paths.imports(creatorId),
      };
  }
}
