package hallows.broker;

import hallows.runtime.Application;
import hallows.runtime.Channel;
import hallows.runtime.Clock;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Supervisor;
import java.util.List;

/// The broker as an application on the runtime.
public final class Serving {
    /// Portions underway from one shard to another, on each channel.
    private static final int CALLS = 1024;

    private Serving() {}

    /// What a broker is made of.
    ///
    /// @param options what it is told
    /// @param storage its log directories, opened
    /// @param pictures the cluster
    /// @param petitions its way to the controller
    /// @param clock of the world, which moves within a turn
    /// @param shards those of the host, in order
    public record Parts(
            BrokerOptions options,
            Storage storage,
            Pictures pictures,
            Petitions petitions,
            Clock clock,
            List<Integer> shards) {}

    /// Serves the logs in storage through the front ends. A shard that fails is not begun anew: its
    /// logs are in an unknown state, and who runs the process has to start it again.
    public static Application application(
            Parts parts, long memoryBytes, List<FrontEnd.Factory> frontEnds) {
        Desk.Mail mail = new Desk.Mail(channel("calls"), channel("fetches"));
        Premises premises =
                new Premises(
                        parts.options(),
                        parts.storage(),
                        parts.pictures(),
                        parts.petitions(),
                        new Placement(parts.shards()),
                        parts.clock(),
                        new ClosingTime(parts.shards().size()));
        return Application.named("broker")
                .memory(memoryBytes)
                .with(mail.calls())
                .with(mail.fetches())
                .supervised(new Supervisor(0, 1))
                .component("shard", seat -> new BrokerShard(seat, premises, mail, frontEnds));
    }

    private static Channel<Call> channel(String name) {
        return new Channel<>(name, SchedulingClass.MESSAGING, CALLS, Call::new);
    }
}
