import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The one store of this process. Static, because the library opens collections from its constructors, before a subclass
 * has fields of its own.
 */
final class Storage {
  private static final int CACHE_MB = 128;
  private static MVStore store;
  private static Journal journal;

  private Storage() {}

  /** Opens the file, or memory when there is none. Nothing is committed but by {@link StandInBackend}. */
  static void open(String fileName) {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().cacheSize(CACHE_MB);
    store = (fileName == null ? builder : builder.fileName(fileName)).open();
    // Guards against power failure only, which no test plays; without it freed space is used again at once.
    store.setRetentionTime(0);
    journal = new Journal(store);
  }

  static MVStore store() {
    return store;
  }

  static Journal journal() {
    return journal;
  }

  static MVMap<Object, Document> documents(String mapName) {
    return store.openMap(mapName, new MVMap.Builder<Object, Document>().valueType(new BsonType()));
  }
}
