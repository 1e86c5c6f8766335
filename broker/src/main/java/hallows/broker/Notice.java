package hallows.broker;

import hallows.log.PartitionName;
import hallows.log.Recovery;
import hallows.runtime.Fault;
import java.nio.file.Path;
import java.util.List;

/// What somebody who runs a broker has to know. Told where it happens, on any thread.
public sealed interface Notice {
    /// Something had to be taken from a log before it could be opened, or was missing in it.
    ///
    /// @param partition whose it is
    /// @param done what had to be done
    record Recovered(PartitionName partition, Recovery done) implements Notice {}

    /// Logs were read through after a crash, and nothing was missing in them.
    ///
    /// @param directory where they are
    /// @param logs how many
    record ReadThrough(Path directory, int logs) implements Notice {}

    /// A log cannot be opened; its partition is offline, the others go on.
    ///
    /// @param partition whose it is
    /// @param why what to do
    record Unopened(PartitionName partition, Fault why) implements Notice {}

    /// The cluster knows that these logs are kept here, and they are not there: they begin anew,
    /// empty. Of a topic that was made in the last moment before a crash that is the truth.
    ///
    /// @param directory where they should be
    /// @param partitions whose they were
    record Lost(Path directory, List<PartitionName> partitions) implements Notice {
        /// Copies the list.
        public Lost {
            partitions = List.copyOf(partitions);
        }
    }

    /// What a reader asked for is there no longer, or damaged. Told once of each log while it is
    /// led.
    ///
    /// @param directory where the log is
    /// @param offset what was asked for
    /// @param why what was found
    record Unreadable(Path directory, long offset, Fault why) implements Notice {}

    /// The cluster does not know that a log is here: it was put aside.
    ///
    /// @param partition whose it was
    /// @param directory what it is called now
    record Stray(PartitionName partition, Path directory) implements Notice {}

    /// A disk has failed: all logs in this directory are offline.
    ///
    /// @param directory which
    /// @param why what it said
    record Offline(Path directory, Fault why) implements Notice {}

    /// Something that is tried again later has failed.
    ///
    /// @param what it was
    /// @param why what the disk said
    record Delayed(String what, Fault why) implements Notice {}
}
