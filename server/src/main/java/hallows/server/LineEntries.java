package hallows.server;

import hallows.runtime.Result;
import hallows.server.kafka.Entry;

/// What a line of the input says.
interface LineEntries {
    /// The record that a line is, or why it is none.
    Result<Entry> entry(byte[] line);
}
