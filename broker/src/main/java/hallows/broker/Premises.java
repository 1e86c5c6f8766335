package hallows.broker;

import hallows.runtime.Clock;

/// What all shards of a broker share. Anybody may read it.
///
/// @param options what the broker is told
/// @param storage its log directories
/// @param pictures the cluster
/// @param petitions its way to the controller
/// @param placement which shard owns what
/// @param clock one that moves within a turn
/// @param capacity how much is underway at most
/// @param closing when all front ends have ended
record Premises(
        BrokerOptions options,
        Storage storage,
        Pictures pictures,
        Petitions petitions,
        Placement placement,
        Clock clock,
        Capacity capacity,
        ClosingTime closing) {}
