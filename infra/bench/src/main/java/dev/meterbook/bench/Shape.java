package dev.meterbook.bench;

/**
 * The workload: who calls what.
 *
 * @param seed the same seed gives the same calls
 * @param tenants tenants
 * @param users users, each of one tenant
 * @param apps applications; each user has three of them
 * @param models models; each application of a user has three of them
 */
public record Shape(long seed, int tenants, int users, int apps, int models) {}
