package hallows.kafka;

import hallows.broker.Request;

/// A request that the broker had no room for.
///
/// @param request which
/// @param abandon releases what it holds
record Unsubmitted(Request request, Runnable abandon) {}
