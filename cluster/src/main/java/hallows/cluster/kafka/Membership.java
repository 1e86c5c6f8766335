package hallows.cluster.kafka;

import hallows.cluster.BrokerImage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.BrokerRegistrationRequestData.Listener;
import org.apache.kafka.common.message.BrokerRegistrationRequestData.ListenerCollection;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.BrokerFeatures;
import org.apache.kafka.server.BrokerLifecycleManager;
import org.apache.kafka.server.common.NodeToControllerChannelManager;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;

/// This broker as the controller knows it: registered, heard of every other second, fenced until it
/// says that it is ready. Kafka's lifecycle, on a thread of its own.
final class Membership {
    private final BrokerLifecycleManager lifecycle;
    private final Site site;
    private final OptionalLong previousEpoch;

    Membership(Site site, Runnable lost) {
        this.site = site;
        this.previousEpoch = previousEpoch(site.directories().keySet());
        Map<String, Uuid> directories = new HashMap<>();
        site.directories().forEach((path, id) -> directories.put(path.toString(), id));
        this.lifecycle =
                new BrokerLifecycleManager(
                        site.config(), Time.SYSTEM, "hallows-", directories, lost, () -> false);
    }

    /// The epoch that was written when the node stopped in order; none when it did not, or when its
    /// directories say different things. To be read before logs are opened, which removes it.
    private static OptionalLong previousEpoch(Set<Path> directories) {
        Set<OptionalLong> said = new HashSet<>();
        for (Path directory : directories) {
            said.add(new CleanShutdownFileHandler(directory.toString()).read());
        }
        return said.size() == 1 ? said.iterator().next() : OptionalLong.empty();
    }

    /// What registers, as often as it takes, once there is somebody to register with.
    Runnable join(
            NodeToControllerChannelManager channel,
            List<BrokerImage.Listener> listeners,
            Supplier<Long> offsetApplied) {
        ListenerCollection advertised = advertised(listeners);
        return () ->
                lifecycle.start(
                        offsetApplied,
                        channel,
                        site.clusterId(),
                        advertised,
                        BrokerFeatures.createDefaultFeatureMap(BrokerFeatures.createDefault(false)),
                        previousEpoch);
    }

    private static ListenerCollection advertised(List<BrokerImage.Listener> listeners) {
        ListenerCollection advertised = new ListenerCollection();
        for (BrokerImage.Listener listener : listeners) {
            advertised.add(
                    new Listener()
                            .setName(listener.name())
                            .setHost(listener.host())
                            .setPort(listener.port())
                            .setSecurityProtocol(SecurityProtocol.forName(listener.security()).id));
        }
        return advertised;
    }

    /// Whether the life before stopped in order, and was the one with that epoch.
    boolean follows(long epoch) {
        return previousEpoch.equals(OptionalLong.of(epoch));
    }

    CompletableFuture<Void> joined() {
        return lifecycle.initialCatchUpFuture();
    }

    CompletableFuture<Void> serve() {
        return lifecycle.setReadyToUnfence();
    }

    CompletableFuture<Void> leave() {
        lifecycle.beginControlledShutdown();
        return lifecycle.controlledShutdownFuture();
    }

    long epoch() {
        return lifecycle.brokerEpoch();
    }

    void stop() throws InterruptedException {
        lifecycle.close();
    }
}
