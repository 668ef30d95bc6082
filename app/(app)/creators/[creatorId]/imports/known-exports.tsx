/** Where each platform keeps its exports: the short form of docs/import.md, at the place where it is needed. */
const KNOWN: readonly { platform: string; exports: readonly string[] }[] = [
  {
    platform: "YouTube",
    exports: [
      "Studio, Analytics, Advanced mode, the tab Content (your videos with their earnings), Date (day by day) or Geography (where the audience is), then the download arrow. Bring the zip as it is.",
    ],
  },
  {
    platform: "TikTok",
    exports: [
      "Studio, Analytics, Download data: the tabs Overview, Content and Followers, as CSV or Excel.",
      "Shop: affiliate orders, as Excel. LIVE: the agency’s creator data from Backstage.",
      "Your data download as JSON (Settings, Account, Download your data). Only the list of videos leaves this device; messages, contacts and everything else stay here.",
    ],
  },
  {
    platform: "Instagram and Facebook",
    exports: [
      "Meta Business Suite, Insights: Results (a CSV per metric), and Content (posts and reels), with Export data.",
    ],
  },
  {
    platform: "AdSense, Twitch, Mediavine",
    exports: [
      "AdSense: Reports, by day, week or month, as CSV. Twitch: Channel Analytics, “Channel Analytics and Revenue by day”. Mediavine: pages, over a period.",
    ],
  },
  {
    platform: "Your own table",
    exports: [
      "A header, then a row per month, day or order, in any column order. You say which column means what; it is remembered.",
    ],
  },
];

export function KnownExports() {
  return (
    <details className="mt-2 text-sm">
      <summary className="link w-fit">Where to find each export</summary>
      <dl className="mt-3 grid max-w-2xl gap-3">
        {KNOWN.map(({ platform, exports }) => (
          <div key={platform}>
            <dt className="font-medium">{platform}</dt>
            {exports.map((text) => (
              <dd key={text} className="text-muted">
                {text}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
