package hallows.server;

import hallows.cluster.BrokerImage;
import hallows.cluster.kafka.NodeProperties;
import hallows.runtime.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `start` was told, in the words of a broker's properties. Kafka's rule: who speaks later is
/// heard. A file speaks first, then flags, then `--set`; under all of them lies what one node alone
/// needs. Its number and its roles are not said here: a directory may know better.
///
/// @param node what holds
/// @param complaints why no broker can run like this, a sentence each
/// @param notices what to know before one runs, a sentence each
record StartSettings(NodeSettings node, List<String> complaints, List<String> notices) {
    static final String DATA = "./hallows-data";
    private static final Endpoint LISTEN = new Endpoint("127.0.0.1", 9092);
    private static final List<String> DIRECTORIES = List.of("log.dirs", "log.dir");
    private static final String LISTENERS = "listeners";
    private static final String ADVERTISED = "advertised.listeners";

    /// One node keeps one copy of everything.
    private static final Map<String, String> ALONE =
            Map.of(
                    "offsets.topic.replication.factor", "1",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "share.coordinator.state.topic.replication.factor", "1",
                    "share.coordinator.state.topic.min.isr", "1");

    /// What was said.
    ///
    /// @param file the file's name and text, if there is one
    /// @param data the flag `--data`
    /// @param listen the flag `--listen`
    /// @param sets each `--set`, as it was typed
    record Said(
            Optional<PropertiesText> file,
            Optional<String> data,
            Optional<String> listen,
            List<String> sets) {}

    /// Puts together what was said.
    ///
    /// @param effectiveAbove keys that have an effect outside of the cluster
    static StartSettings of(Said said, Set<String> effectiveAbove) {
        return new Building(said).settings(effectiveAbove);
    }

    private static final class Building {
        private final Said said;
        private final Map<String, String> file;
        private final Map<String, String> typed = new TreeMap<>();
        private final Map<String, String> all = new TreeMap<>(ALONE);
        private final List<String> complaints = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();

        Building(Said said) {
            this.said = said;
            this.file = said.file().map(PropertiesText::values).orElse(Map.of());
            said.file().ifPresent(text -> complaints.addAll(text.complaints()));
            all.putAll(file);
        }

        StartSettings settings(Set<String> effectiveAbove) {
            said.sets().forEach(this::type);
            keepDataIn();
            listenAt();
            all.putAll(typed);
            Map<String, String> spoken = new TreeMap<>(file);
            spoken.putAll(typed);
            OwnKeys own = OwnKeys.among(all);
            complaints.addAll(own.complaints());
            all.keySet().removeIf(OwnKeys::isOwn);
            spoken.keySet().removeIf(OwnKeys::isOwn);
            BrokerSettings settings = BrokerSettings.of(all);
            complaints.addAll(settings.complaints());
            NodeSettings node = new NodeSettings(settings.properties(), own);
            if (complaints.isEmpty()) {
                leadSomewhere(settings.properties());
            }
            if (complaints.isEmpty()) {
                complaints.addAll(node.complaints());
                notices.addAll(node.notices());
            }
            // Of what nobody said nobody need be told.
            notices.addAll(BrokerSettings.of(spoken).notices(effectiveAbove));
            return new StartSettings(node, List.copyOf(complaints), List.copyOf(notices));
        }

        /// Clients are told where to go, and every address is none.
        private void leadSomewhere(NodeProperties properties) {
            try {
                told(properties).stream()
                        .filter(told -> Listening.isEverywhere(told.host()))
                        .map(told ->
                                "%1$s://%2$s:%3$d is every address of this host, and clients need one that leads here: set advertised.listeners=%1$s://HOST:%3$d"
                                        .formatted(told.name(), told.host(), told.port()))
                        .forEach(complaints::add);
            } catch (IllegalArgumentException meaningless) {
                complaints.add("advertised.listeners: " + meaningless.getMessage());
            }
        }

        private static List<BrokerImage.Listener> told(NodeProperties properties) {
            List<BrokerImage.Listener> said = properties.advertised();
            return said.isEmpty() ? properties.listeners() : said;
        }

        private void type(String pair) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                complaints.add("--set %s: write --set KEY=VALUE".formatted(pair));
                return;
            }
            typed.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }

        private void keepDataIn() {
            List<String> inFile = DIRECTORIES.stream().filter(file::containsKey).toList();
            if (said.data().isEmpty()) {
                if (inFile.isEmpty() && DIRECTORIES.stream().noneMatch(typed::containsKey)) {
                    all.put("log.dirs", DATA);
                }
                return;
            }
            String data = said.data().get();
            if (data.isBlank()) {
                complaints.add("--data is a directory, not nothing");
                return;
            }
            all.put("log.dirs", data);
            for (String key : inFile) {
                notices.add(
                        "--data %s takes the place of %s=%s in the file"
                                .formatted(data, key, file.get(key)));
            }
        }

        private void listenAt() {
            if (said.listen().isEmpty()) {
                if (!file.containsKey(LISTENERS) && !typed.containsKey(LISTENERS)) {
                    all.put(LISTENERS, Listening.at(LISTEN, file).listeners());
                }
                return;
            }
            try {
                listenAt(Endpoint.parse(said.listen().get()));
            } catch (IllegalArgumentException notOne) {
                complaints.add("--listen: " + notOne.getMessage());
            }
        }

        private void listenAt(Endpoint endpoint) {
            if (Listening.isEverywhere(endpoint.host()) && !typed.containsKey(ADVERTISED)) {
                complaints.add(
                        "--listen %s is every address of this host, and clients need one that leads here: add --set advertised.listeners=PLAINTEXT://HOST:PORT"
                                .formatted(endpoint));
            }
            Listening listening = Listening.at(endpoint, file);
            all.put(LISTENERS, listening.listeners());
            all.remove(ADVERTISED);
            // Of a place that --set has replaced nobody is told.
            if (!listening.advertised().isEmpty() && !typed.containsKey(LISTENERS)) {
                all.put(ADVERTISED, listening.advertised());
            }
            replaced(endpoint, LISTENERS, String.join(",", listening.replaced()));
            replaced(endpoint, ADVERTISED, file.getOrDefault(ADVERTISED, ""));
        }

        private void replaced(Endpoint endpoint, String key, String before) {
            if (!before.isEmpty()) {
                notices.add(
                        "--listen %s takes the place of %s=%s in the file"
                                .formatted(endpoint, key, before));
            }
        }
    }
}
