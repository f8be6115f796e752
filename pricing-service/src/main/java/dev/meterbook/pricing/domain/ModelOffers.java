package dev.meterbook.pricing.domain;

/**
 * All prices of one model, in the order in which they are asked: the first that is valid counts.
 *
 * @param all those of the contracts, then list prices
 * @param list list prices only
 */
record ModelOffers(RateOffer[] all, RateOffer[] list) {

    static final ModelOffers NONE = new ModelOffers(new RateOffer[0], new RateOffer[0]);
}
