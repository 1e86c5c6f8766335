package hallows.bench.compare;

import java.util.List;

/// One load and what is looked at.
///
/// @param name by which it can be asked for
/// @param words what the load is
/// @param setting what brokers it runs on
/// @param load what is asked of them
/// @param figures what is looked at
record Row(String name, String words, Setting setting, Load load, List<Figure> figures) {
    /// In the setting of most.
    static Row of(String name, String words, Load load, Figure... figures) {
        return new Row(name, words, Setting.PAGE_CACHE, load, List.of(figures));
    }

    /// A broker is started for each of these, and meets its loads one after the other.
    enum Setting {
        /// Acknowledged when it is written; a processor for the broker and one for the load.
        PAGE_CACHE("page cache, 1 core", false, Cores.BROKER, Cores.LOAD),
        /// Acknowledged when it is on disk.
        FSYNC("fsync, 1 core", true, Cores.BROKER, Cores.LOAD),
        /// All of the machine for everybody.
        UNPINNED("page cache, 2 cores", false, "0,1", "0,1");

        final String words;
        final boolean isDurable;
        final String brokerCores;
        final String loadCores;

        Setting(String words, boolean isDurable, String brokerCores, String loadCores) {
            this.words = words;
            this.isDurable = isDurable;
            this.brokerCores = brokerCores;
            this.loadCores = loadCores;
        }
    }
}
