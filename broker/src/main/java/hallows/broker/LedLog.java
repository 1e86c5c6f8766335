package hallows.broker;

import hallows.log.Log;
import hallows.log.Logs;

/// A log, and those it is written and flushed with.
///
/// @param log itself
/// @param logs of the same directory on the same shard
record LedLog(Log log, Logs logs) {}
