package hallows.simulation;

/// Something on its way between the hosts of two machines, which may be the same.
///
/// @param from who sent it
/// @param to whose host takes it
/// @param kind what it is, for the trace
/// @param number its place in its connection
/// @param arrival what it does there
record Packet(SimNode from, SimNode to, String kind, long number, Runnable arrival) {}
