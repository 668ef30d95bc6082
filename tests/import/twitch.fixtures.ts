import { csvText } from "./fixtures";

/** Synthetic "Channel Analytics and Revenue by day". */
export const TWITCH_HEADER = [
  "Date",
  "Average Viewers",
  "Follows",
  "Minutes Streamed",
  "Minutes Watched",
  "Live Views",
  "Sub Revenue",
  "Prime Revenue",
  "Gifted Subs Revenue",
  "Multi-Month Gifted Subs Revenue",
  "Bits Revenue",
  "Ad Revenue",
  "Turbo Revenue",
  "Game Sales Revenue",
  "Extensions Revenue",
  "Bounties Revenue",
  "Other Bits Interactions Revenue",
];
export const TWITCH_ROWS = [
  [
    "Fri Sep 04 2026",
    "12.4",
    "3",
    "180",
    "2232.5",
    "410",
    ..."2.5,1.105,0.5,0.1,1.01,0.204,0.03,0,0.02,0,0.005".split(","),
  ],
  ["Sat Sep 05 2026", "0", "0", "0", "0", "0", ..."0,0,0,0,0,0,0,0,0,0,0".split(",")],
  ["Sun Sep 06 2026", "20", "1", "60", "1200", "90", ..."2.5,0,0,0,0,0.5,0,1.25,0,40,0".split(",")],
];
export const TWITCH = csvText([TWITCH_HEADER, ...TWITCH_ROWS]);

export const SEEDS = [{ name: "analytics and revenue by day", text: TWITCH }];
