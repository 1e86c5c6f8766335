package hallows.cluster;

import java.util.List;
import java.util.Optional;

/// One broker, as it registered and as the controller sees it.
///
/// @param id which
/// @param epoch counts its registrations; grows with each start
/// @param fenced whether it may serve nobody
/// @param leaving whether it is in controlled shutdown
/// @param rack where it stands
/// @param listeners where it can be reached
/// @param directories where it keeps logs and is able to
public record BrokerImage(
        int id,
        long epoch,
        boolean fenced,
        boolean leaving,
        Optional<String> rack,
        List<Listener> listeners,
        List<DirectoryId> directories) {
    /// Copies the lists.
    public BrokerImage {
        listeners = List.copyOf(listeners);
        directories = List.copyOf(directories);
    }

    /// Where a broker can be reached.
    ///
    /// @param name what the place is called
    /// @param security how one speaks there: `PLAINTEXT`, `SSL`, `SASL_PLAINTEXT`, `SASL_SSL`
    /// @param host whom to ask
    /// @param port where
    public record Listener(String name, String security, String host, int port) {}

    /// Where it can be reached on the listener of that name.
    public Optional<Listener> listener(String name) {
        return listeners.stream().filter(listener -> listener.name().equals(name)).findFirst();
    }
}
