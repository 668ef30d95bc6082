import { figures, type Published } from "./figure";

const COMMISSION = {
  platform: "tiktok",
  programme: "Shop",
  stream: "shop",
  measure: "commission",
  per: "order",
} as const;

/** Percent. The seller sets the rate product by product: a product's own rate is better than any of these. */
export const SHOP: readonly Published[] = [
  ...figures(COMMISSION, [
    { value: [1, 80], source: "tiktok_ads_help", note: "What the platform allows a seller to set." },
    { category: "Beauty", niche: "beauty", value: [8, 20], typical: [12, 12], source: "calculate_shop" },
    { category: "Health", value: [10, 18], typical: [14, 14], source: "calculate_shop" },
    { category: "Fashion", value: [10, 15], typical: [12, 12], source: "calculate_shop" },
    { category: "Home", value: [5, 12], typical: [8, 8], source: "calculate_shop" },
    { category: "Electronics", value: [2, 8], typical: [5, 5], source: "calculate_shop" },
    { category: "Pets", value: [8, 15], typical: [11, 11], source: "calculate_shop" },
    { category: "Toys", value: [8, 15], source: "calculate_shop" },
    { category: "Sports", niche: "sports", value: [6, 12], source: "calculate_shop" },
    { category: "Books", value: [4, 10], source: "calculate_shop" },
    { category: "Baby", value: [8, 14], source: "calculate_shop" },
  ]),
  ...figures({ ...COMMISSION, note: "Low, typical and high of more than 50 brands." }, [
    { category: "Beauty", niche: "beauty", value: [12, 25], typical: [15, 20], source: "socialtale" },
    { category: "Supplements", value: [15, 30], typical: [18, 22], source: "socialtale" },
    { category: "Fashion", value: [10, 22], typical: [12, 18], source: "socialtale" },
    { category: "Home", value: [10, 20], typical: [12, 15], source: "socialtale" },
    { category: "Electronics", value: [5, 15], typical: [8, 12], source: "socialtale" },
    { category: "Food", niche: "food", value: [8, 18], typical: [10, 15], source: "socialtale" },
    { category: "Pets", value: [12, 22], typical: [15, 18], source: "socialtale" },
  ]),
  ...figures({ ...COMMISSION, note: "Well-known creators get 5 to 10 points more." }, [
    { category: "Beauty", niche: "beauty", value: [15, 25], source: "hubfluence" },
    { category: "Supplements", value: [20, 30], source: "hubfluence" },
    { category: "Fashion", value: [10, 20], source: "hubfluence" },
    { category: "Home", value: [10, 20], source: "hubfluence" },
  ]),
  ...figures({ ...COMMISSION, note: "Says itself that no average is sourced." }, [
    { category: "Beauty", niche: "beauty", value: [15, 30], source: "earnfacts" },
    { category: "Supplements", value: [15, 25], source: "earnfacts" },
    { category: "Fashion", value: [10, 15], source: "earnfacts" },
    { category: "Home", value: [12, 18], source: "earnfacts" },
    { category: "Electronics", value: [5, 10], source: "earnfacts" },
  ]),
];
