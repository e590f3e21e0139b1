"""The front door: what happens to a request before a thread renders it.

All of it runs on the event loop and never waits for database or disk. A request is cleaned (`incoming`),
answered from memory if possible (`static_files`, `page_store`), its body is read (`bodies`), and it waits
shortly for a thread of its lane (`lanes`, `threads`). What can't be served soon is refused (`refusals`).
"""
